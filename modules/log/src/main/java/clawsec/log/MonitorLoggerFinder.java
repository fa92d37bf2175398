package clawsec.log;

/** Gives every logger of this process, ours and the JDK's, the same destination. */
final class MonitorLoggerFinder extends System.LoggerFinder {
    private static final String OWN_PREFIX = "clawsec.";

    @Override
    public System.Logger getLogger(String name, Module module) {
        boolean isOwn = name.startsWith(OWN_PREFIX);
        return isOwn
                ? new MonitorLogger(
                        name, name.substring(OWN_PREFIX.length()), System.Logger.Level.ALL)
                // The JDK and the libraries say little below WARNING that an operator can use.
                : new MonitorLogger(name, name, System.Logger.Level.WARNING);
    }
}
