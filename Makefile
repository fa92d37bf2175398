# ClawSec Monitor. Everything here runs on a JDK 25, which jlink/with-jdk finds or says how to get.

IMAGE := jlink/target/clawsec
COMMIT := $(shell git rev-parse --short HEAD 2>/dev/null || echo unknown)
MVN := jlink/with-jdk mvn -B -ntp -Dstyle.color=never -Dclawsec.commit=$(COMMIT)
SOURCES := $(shell find pom.xml LICENSE modules jlink \
	\( -name target -o -name test -o -name bench \) -prune -o -type f -print)
HOSTILE_SECONDS ?= 2
FUZZ_SECONDS ?= 60
REPORTS = $(wildcard modules/*/target/surefire-reports/TEST-*.xml jlink/target/surefire-reports/TEST-*.xml)

.PHONY: help run test image measure bench bench-proxy bench-detect bench-hostile quality fuzz soak format clean

help:
	@echo 'make run [ARGS="--port 9999"]   start the proxy in the foreground (Ctrl-C stops it)'
	@echo 'make test      every check and test, then the linked image from outside'
	@echo 'make image     link the runtime image $(IMAGE)/'
	@echo 'make measure   size and start-up times of the image'
	@echo 'make bench     the image beside other proxies, and the detector beside Hyperscan, see modules/bench/README.md'
	@echo 'make bench-hostile [HOSTILE_SECONDS=2]   the detector over the dearest texts known, five minutes'
	@echo 'make quality   what the rules find and where they are wrong, see modules/bench/README.md'
	@echo 'make fuzz [FUZZ_SECONDS=60] [FUZZ_TARGETS=HpackTarget]   every codec and decoder under a fuzzer, so long each'
	@echo 'make soak      large content and slow peers: 1 GB both ways, 100 downloads at once, 1,000 idle streams, in 256 MB'
	@echo 'make format    format the sources'
	@echo 'make clean     delete everything that was built'

run: $(IMAGE)/bin/clawsec
	@exec $(IMAGE)/bin/clawsec start $(ARGS)

image: $(IMAGE)/bin/clawsec

# The sources that an image is made of; their tests do not count.
$(IMAGE)/bin/clawsec: $(SOURCES)
	@echo 'Building $(IMAGE)/ (a minute or two the first time)'
	@rm -rf modules/ctl/target/mods
	@$(MVN) -q -Dmaven.test.skip=true -pl modules/ctl,jlink -am package
	@jlink/with-jdk jlink/build-image

# The tests of the modules, then those of the image linked from the very jars they made.
test:
	@rm -rf modules/ctl/target/mods $(dir $(REPORTS))
	@status=0; \
	$(MVN) -Plint,bench --fail-at-end spotless:check verify && \
	jlink/with-jdk jlink/build-image && \
	$(MVN) -Plint -pl jlink -am -Dclawsec.image='$(CURDIR)/$(IMAGE)' -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtest='clawsec.image.*Test,!RepositoryTest' test || status=1; \
	jlink/count-tests || status=1; \
	exit $$status

measure: $(IMAGE)/bin/clawsec
	@jlink/java-tool Measure $(IMAGE)

bench: bench-proxy bench-detect

BENCH = $(MVN) -q -Pbench -pl modules/bench -am -Dmaven.test.skip=true compile dependency:build-classpath \
	-Dmdep.outputFile=target/classpath
BENCH_JAVA = exec "$$(jlink/with-jdk)/bin/java" --sun-misc-unsafe-memory-access=allow -cp "modules/bench/target/classes:$$(cat modules/bench/target/classpath)"

bench-proxy: $(IMAGE)/bin/clawsec
	@$(BENCH)
	@$(BENCH_JAVA) clawsec.bench.Bench

bench-detect:
	@$(BENCH)
	@$(BENCH_JAVA) clawsec.bench.detect.DetectBench

bench-hostile:
	@$(BENCH)
	@HOSTILE_SECONDS=$(HOSTILE_SECONDS) && export HOSTILE_SECONDS && $(BENCH_JAVA) clawsec.bench.detect.HostileBench

quality:
	@$(BENCH)
	@$(BENCH_JAVA) clawsec.bench.quality.Quality

soak:
	@$(MVN) -pl modules/proxy -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=LargeAndSlowTest \
		-Dclawsec.test.options='-Xmx256m -Dclawsec.soak=true' test

# Ends with status 1 where an input broke a promise; it then lies in modules/fuzz/target/fuzz/.
fuzz:
	@$(MVN) -q -Pfuzz -pl modules/fuzz -am -Dmaven.test.skip=true compile dependency:build-classpath \
		-Dmdep.outputFile=target/classpath
	@exec "$$(jlink/with-jdk)/bin/java" -cp "modules/fuzz/target/classes:$$(cat modules/fuzz/target/classpath)" \
		clawsec.fuzz.Fuzz $(FUZZ_SECONDS) $(FUZZ_TARGETS)

format:
	@$(MVN) -q -Pbench,fuzz spotless:apply

clean:
	rm -rf target modules/*/target jlink/target
