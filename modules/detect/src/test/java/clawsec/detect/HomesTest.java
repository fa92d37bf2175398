package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the shipped rules have secrets at home, and where nothing is. */
class HomesTest {
    /** Under their suffixes anybody can store something, or run it. */
    private static final String SHARED_HOSTS =
            """
            x.hf.space x.github.io gist.githubusercontent.com user-images.githubusercontent.com
            x.app.github.dev x.gitlab.io x.bitbucket.io x.fly.dev x.vercel.app
            x.public.blob.vercel-storage.com x.netlify.app x.netlify.com x.workers.dev x.pages.dev
            x.r2.dev x.trycloudflare.com x.supabase.co x.upstash.io x.herokuapp.com x.onrender.com
            x.up.railway.app x.ngrok.io x.ngrok-free.app x.ngrok.app x.modal.run 8080-x.e2b.dev
            8080-x.e2b.app x.proxy.runpod.net x.s3-website-us-east-1.amazonaws.com
            x.s3-website.eu-west-1.amazonaws.com ec2-1-2-3-4.compute-1.amazonaws.com
            ec2-1-2-3-4.eu-west-1.compute.amazonaws.com x.execute-api.us-east-1.amazonaws.com
            x.lambda-url.us-east-1.on.aws x.us-east-1.elb.amazonaws.com x.elasticbeanstalk.com
            x.awsapprunner.com x.amplifyapp.com x.cloudfront.net x.blob.core.windows.net
            x.z6.web.core.windows.net x.table.core.windows.net x.servicebus.windows.net
            x.azurewebsites.net x.azure-api.net x.azurestaticapps.net x.azurefd.net
            x.eastus.cloudapp.azure.com x.cloudapp.net x.eastus.azurecontainer.io
            prod-1.eastus.logic.azure.com x.inference.ml.azure.com x.trafficmanager.net
            x.storage.googleapis.com firebasestorage.googleapis.com x.appspot.com x.run.app
            x.cloudfunctions.net x.web.app x.firebaseapp.com x.firebaseio.com sites.google.com
            docs.google.com script.google.com x.googleusercontent.com x.nyc3.digitaloceanspaces.com
            x.ondigitalocean.app x.oss-website.aliyuncs.com.evil.test x.cn-hangzhou.fc.aliyuncs.com
            x.cn-shanghai.pai-eas.aliyuncs.com x.cos-website.ap-guangzhou.myqcloud.com
            functions.yandexcloud.net x.website.yandexcloud.net x.s3.fr-par.scw.cloud
            x.functions.fnc.fr-par.scw.cloud x.functions.cloud.ibm.com x.ingest.sentry.io
            x.ingest.us.sentry.io us.i.posthog.com endpoint1.collection.us2.sumologic.com
            x.readme.io x.notion.site x.myshopify.com x.zendesk.com x.force.com x.p.rapidapi.com
            x.webhook.office.com x.databricksapps.com discourse.openai.com x.claude.site x.glitch.me
            x.replit.app x.repl.co x.deno.dev x.surge.sh x.pythonanywhere.com x.m.pipedream.net
            x.ts.net
            """;

    private static final String BODY = "AbCdEfGhIjKlMnOpQrStUvWx";

    @ParameterizedTest
    @CsvSource({
        // what the key begins with, destination, kin
        "sk-ant-api03-,   api.anthropic.com,          home",
        "sk-ant-oat01-,   console.anthropic.com,      home",
        "sk-ant-oat01-,   claude.ai,                  home",
        "SK-ANT-API03-,   api.anthropic.com,          home",
        "sk-ant-,         API.Anthropic.Com,          home",
        "sk-ant-api03-,   api.openai.com,             foreign",
        "sk-ant-api03-,   openrouter.ai,              foreign",
        "sk-ant-api03-,   api.anthropic.com.evil.test, foreign",
        "sk-proj-,        api.openai.com,             home",
        "sk-proj-,        eu.api.openai.com,          home",
        "sk-proj_,        api.openai.com,             home",
        "sk-proj-,        api.anthropic.com,          foreign",
        "sk-proj-,        api.deepseek.com,           foreign",
        "sk-proj-,        community.openai.com,       foreign",
        // Whose these are nothing tells: any provider that is known to give out such keys.
        "sk-test-,        api.openai.com,             home",
        "sk-live,         api.deepseek.com,           home",
        "sk-gpt-,         openrouter.ai,              home",
        "sk-pro,          dashscope-intl.aliyuncs.com, home",
        "sk-test-,        api.anthropic.com,          foreign",
        "sk-test-,        evil.test,                  foreign",
    })
    void aiApiKey_isAtHomeWithTheProviderThatItsBeginningTells(
            String prefix, String host, String kin) {
        assertEquals(kin, kin("ai_api_key", prefix + BODY, host));
    }

    @ParameterizedTest
    @CsvSource({
        "sts.amazonaws.com,                                   home",
        "sts.eu-west-1.amazonaws.com,                         home",
        "iam.amazonaws.com,                                   home",
        "ec2.us-east-1.amazonaws.com,                         home",
        "s3.amazonaws.com,                                    home",
        "s3.us-east-1.amazonaws.com,                          home",
        "s3.dualstack.us-east-1.amazonaws.com,                home",
        "bucket.s3.amazonaws.com,                             home",
        "my.bucket.s3.us-east-1.amazonaws.com,                home",
        "123456789012.ddb.us-east-1.amazonaws.com,            home",
        "api.ecr.us-east-1.amazonaws.com,                     home",
        "s3.cn-north-1.amazonaws.com.cn,                      home",
        "lambda.us-east-1.api.aws,                            home",
        "search-logs-abc.us-east-1.es.amazonaws.com,          tenant",
        "bucket.s3-website-us-east-1.amazonaws.com,           foreign",
        "bucket.s3-website.eu-central-1.amazonaws.com,        foreign",
        "ec2-1-2-3-4.compute-1.amazonaws.com,                 foreign",
        "ec2-1-2-3-4.eu-west-1.compute.amazonaws.com,         foreign",
        "abc123.execute-api.us-east-1.amazonaws.com,          foreign",
        "abc123.lambda-url.us-east-1.on.aws,                  foreign",
        "abc123.execute-api.us-east-1.api.aws,                foreign",
        "web-123.us-east-1.elb.amazonaws.com,                 foreign",
        "web-0a1b.elb.us-east-1.amazonaws.com,                foreign",
        "db.abc.us-east-1.rds.amazonaws.com,                  foreign",
        "ec2-1-2-3-4.cn-north-1.compute.amazonaws.com.cn,     foreign",
        "d111111abcdef8.cloudfront.net,                       foreign",
        "amazonaws.com.evil.test,                             foreign",
    })
    void awsAccessKey_isAtHomeWithInterfacesAndBucketsAlone(String host, String kin) {
        assertEquals(kin, kin("aws_access_key", "AKIA" + "QWERTYUIOPASDFGH", host));
    }

    @ParameterizedTest
    @CsvSource({
        "supabase_secret_key,  abcdefghijklmnop.supabase.co",
        "azure_sas_signature,  account.blob.core.windows.net",
        "azure_function_key,   app.azurewebsites.net",
        "azure_openai_key,     gateway.azure-api.net",
        "shopify_access_token, shop.myshopify.com",
        "rapidapi_access_token, weather.p.rapidapi.com",
        "zendesk_secret_key,   company.zendesk.com",
    })
    void keyOfOneTenant_atAnyTenant_isNeitherAtHomeNorLost(String rule, String host) {
        assertEquals("tenant", kin(rule, "", host));
        assertEquals("foreign", kin(rule, "", host + ".evil.test"));
    }

    @ParameterizedTest
    @CsvSource({
        "aws_secret_access_key, bucket.s3.us-east-1.amazonaws.com",
        "aws_secret_access_key, s3.amazonaws.com",
        "gcp_service_account_key, storage.googleapis.com",
        "azure_storage_key,     account.blob.core.windows.net",
        "slack_bot_token,       hooks.slack.com",
        "sentry_org_token,      o1.ingest.us.sentry.io",
        "hugging_face_token,    me-space.hf.space",
        "vercel_blob_token,     abc.public.blob.vercel-storage.com",
        "alibaba_access_key_id, 123.cn-hangzhou.fc.aliyuncs.com",
    })
    void secretThatIsNeverSentThere_isNotAtHome(String rule, String host) {
        assertEquals("foreign", kin(rule, "", host));
    }

    @ParameterizedTest
    @MethodSource("sharedHosts")
    void hostUnderASharedSuffix_isHomeOfNoRule(String host) {
        assertEquals(List.of(), atHome(host));
    }

    static Stream<String> sharedHosts() {
        return SHARED_HOSTS.strip().lines().flatMap(line -> Stream.of(line.split(" ")));
    }

    /** One sink that takes anything takes its own addresses too. */
    @Test
    void webhookHost_isHomeOfItsOwnAddressesAlone() {
        assertEquals(List.of("slack_webhook_url"), atHome("hooks.slack.com"));
    }

    @Test
    void severity_followsTheKin() {
        assertEquals(List.of("info"), severities("api.anthropic.com"));
        assertEquals(List.of("critical"), severities("api.openai.com"));
    }

    /** RFC 1034 §3.1: a name that ends in a dot is absolute, and the same host. */
    @Test
    void absoluteName_isTheSameHost() {
        assertEquals(List.of("info"), severities("api.anthropic.com."));
        assertEquals(List.of("critical"), severities("api.openai.com."));
        assertEquals(List.of("critical"), severities("api.anthropic.com.evil.example."));
    }

    private static List<String> severities(String host) {
        List<String> severities = new ArrayList<>();
        Subject subject =
                new Subject(
                        Direction.OUTBOUND, Protocol.HTTPS, "127.0.0.1", host + ":443", "POST", "");
        try (MessageScan scan =
                Scans.ALL.open(
                        subject,
                        found ->
                                severities.add(found.severity().name().toLowerCase(Locale.ROOT)))) {
            scan.content(Scans.bytes("x-api-key: sk-" + "ant-api03-" + BODY));
            scan.end();
        }
        return severities;
    }

    /** Rules of which a secret, whatever it begins with, is at home with a host. */
    private static List<String> atHome(String host) {
        List<String> rules = new ArrayList<>();
        for (CompiledRule rule : Scans.ALL.compiled()) {
            Homes homes = rule.homes();
            boolean isHome =
                    homes.others().holds(host)
                            || homes.byPrefix().stream().anyMatch(each -> each.hosts().holds(host));
            if (isHome) {
                rules.add(rule.rule().id());
            }
        }
        return rules;
    }

    private static String kin(String id, String key, String host) {
        CompiledRule rule =
                Scans.ALL.compiled().stream()
                        .filter(each -> each.rule().id().equals(id))
                        .findFirst()
                        .orElseThrow();
        byte[] match = key.getBytes(StandardCharsets.ISO_8859_1);
        return rule.homes().kin(match, host).name().toLowerCase(Locale.ROOT);
    }
}
