package clawsec.ctl.daemon;

import clawsec.ca.CaException;
import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigKey;
import clawsec.ctl.config.ConfigKeys;
import clawsec.ctl.config.FailureText;
import clawsec.ctl.config.MonitorConfig;
import clawsec.detect.Detector;
import clawsec.detect.RuleSet;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatLog;
import clawsec.proxy.ProxyConfig;
import clawsec.proxy.ProxyServer;
import clawsec.proxy.RootCertificate;
import clawsec.proxy.SshWatcher;
import clawsec.tls.ClientSide;
import clawsec.tls.OriginSide;
import clawsec.tls.TlsConfig;
import clawsec.tls.TlsConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What runs while the monitor runs: the proxy and the SSH watcher, wired to the detector and the
 * log. Safe for use by many threads.
 */
public final class Monitor implements AutoCloseable {
    /**
     * How long exchanges in flight may take to finish; with the rest of the end it stays within the
     * 5 seconds that {@code clawsec stop} waits.
     */
    public static final Duration DRAIN_PATIENCE = Duration.ofMillis(4_500);

    private static final System.Logger LOGGER = System.getLogger("clawsec.ctl");

    /** Vectors have to be compiled and tried out, which must not slow the start down. */
    private static final Duration ACCELERATION_DELAY = Duration.ofSeconds(2);

    private final MonitorConfig config;
    private final InspectionCounters counters;
    private final ThreatInspector inspector;
    private final ProxyServer proxy;
    private final @Nullable SshWatcher sshWatcher;

    private Monitor(
            MonitorConfig config,
            InspectionCounters counters,
            ThreatInspector inspector,
            ProxyServer proxy,
            @Nullable SshWatcher sshWatcher) {
        this.config = config;
        this.counters = counters;
        this.inspector = inspector;
        this.proxy = proxy;
        this.sshWatcher = sshWatcher;
    }

    /**
     * Loads or makes the root certificate, compiles the rules, and starts to serve.
     *
     * @param threats where findings go; stays the caller's
     * @param log gets the detector's mask for secrets; stays the caller's
     * @throws ConfigException when what the configuration names cannot be used
     * @throws CaException when the root in the log folder cannot be used
     * @throws IOException when a port cannot be listened on, or a file not be made
     */
    public static Monitor open(
            MonitorConfig config, ThreatLog threats, MonitorLog log, InstantSource clock)
            throws ConfigException, CaException, IOException, InterruptedException {
        ProxyConfig proxyConfig = Wiring.proxy(config);
        // The rules are compiled while the rest begins; messages that come before wait for them.
        FutureTask<Detector> compiling = new FutureTask<>(() -> detector(config));
        Thread.startVirtualThread(compiling);
        CertificateAuthority authority =
                CertificateAuthority.open(config.records().folder(), clock);
        authority.notes().forEach(note -> LOGGER.log(System.Logger.Level.INFO, note));
        TlsConfig tls = Wiring.tls(config);
        OriginSide originSide = originSide(tls, config);
        ClientSide clientSide = ClientSide.of(LeafStore.of(authority), tls);
        InspectionCounters counters = new InspectionCounters();
        ThreatInspector inspector =
                new ThreatInspector(() -> compiled(compiling), threats, counters);
        log.setMask(inspector::masked);
        ProxyServer proxy =
                ProxyServer.open(
                        proxyConfig,
                        new RootCertificate(authority.pem(), authority.der()),
                        clientSide,
                        originSide,
                        inspector);
        try {
            accelerateLater(detector(compiling));
        } catch (ConfigException | InterruptedException failed) {
            proxy.close();
            throw failed;
        }
        Wiring.noProxyWarning(config)
                .ifPresent(warning -> LOGGER.log(System.Logger.Level.WARNING, warning));
        Thread.startVirtualThread(clientSide::warmUp);
        Thread.startVirtualThread(originSide::warmUp);
        SshWatcher sshWatcher =
                config.sshWatch().isEnabled()
                        ? SshWatcher.open(config.sshWatch().pollInterval(), inspector)
                        : null;
        return new Monitor(config, counters, inspector, proxy, sshWatcher);
    }

    /**
     * Scans for other rules from here on; messages that are under way are scanned for the old ones
     * to their end.
     *
     * @param changed of which the rules and how to scan are taken over, nothing else
     * @return what is looked for now, and before
     * @throws ConfigException when the rules cannot be used; then nothing changes
     */
    public RuleChange reload(MonitorConfig changed) throws ConfigException {
        Detector detector = detector(changed);
        RuleSet before = inspector.use(detector).rules();
        accelerateLater(detector);
        return RuleChange.of(before, detector.rules());
    }

    /** Where it listens, by what listens there: {@code proxy}, {@code gateway}. */
    public Map<String, InetSocketAddress> listeners() {
        List<InetSocketAddress> addresses = proxy.listeners();
        Map<String, InetSocketAddress> listeners = new LinkedHashMap<>();
        if (config.listening().isEnabled()) {
            listeners.put("proxy", addresses.getFirst());
        }
        if (config.gateway().isEnabled()) {
            listeners.put("gateway", addresses.getLast());
        }
        return listeners;
    }

    /** Counts since the start, by group and name. */
    public Map<String, Map<String, Long>> counters() {
        Map<String, Map<String, Long>> groups = new TreeMap<>(counters.snapshot());
        groups.put("proxy", proxy.counters().snapshot());
        return groups;
    }

    /**
     * Takes nothing new and lets the exchanges in flight finish.
     *
     * @return true when all of them did within {@code patience}
     */
    public boolean drain(Duration patience) throws InterruptedException {
        return proxy.drain(patience);
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        if (sshWatcher != null) {
            sshWatcher.close();
        }
        proxy.close();
    }

    private static Detector detector(MonitorConfig config) throws ConfigException {
        return Detector.of(ConfiguredRules.read(config), Wiring.detection(config));
    }

    private static OriginSide originSide(TlsConfig tls, MonitorConfig config)
            throws ConfigException {
        try {
            return OriginSide.of(tls);
        } catch (TlsConfigException e) {
            throw new ConfigException(words(e, config));
        }
    }

    /** What is wrong with a file of TLS's, with the place that names it. */
    private static String words(TlsConfigException wrong, MonitorConfig config) {
        String words = String.valueOf(wrong.getMessage());
        if (wrong.getCause() instanceof IOException cause) {
            words = words.replace("(" + cause + ")", "(" + FailureText.words(cause) + ")");
        }
        for (ConfigKey<?> key : List.of(ConfigKeys.UPSTREAM_CA_FILE, ConfigKeys.KEYLOG_FILE)) {
            if (words.startsWith(key.name() + " ")) {
                return config.place(key)
                        + words.substring(key.name().length())
                        + "; allowed is "
                        + key.type().allowed();
            }
        }
        return words;
    }

    /** On a thread that yields to those that serve; scanning goes on meanwhile. */
    private static void accelerateLater(Detector detector) {
        Thread.ofPlatform()
                .name("accelerate")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .start(() -> accelerate(detector));
    }

    private static void accelerate(Detector detector) {
        try {
            Thread.sleep(ACCELERATION_DELAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean usesVectors = detector.accelerate(System::nanoTime);
        LOGGER.log(
                System.Logger.Level.DEBUG,
                usesVectors ? "scanning with vectors" : "scanning byte by byte");
    }

    /** Waits for the detector, on the thread of a message that came early. */
    private static Detector compiled(FutureTask<Detector> compiling) {
        try {
            return compiling.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("there are no rules, the monitor ends", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before there were rules", e);
        }
    }

    private static Detector detector(FutureTask<Detector> compiling)
            throws ConfigException, InterruptedException {
        try {
            return compiling.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConfigException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("compiling the rules failed", e.getCause());
        }
    }
}
