/*
 * Scans files with Hyperscan and prints how fast that was.
 *
 *   hyperscan-scan RULES SECONDS FILE...
 *
 * RULES has one rule a line: flags, a tab, the expression. Flags: i ignores letter case, - is none.
 * Each file is read whole, scanned in block mode again and again for about SECONDS, and told of in
 * one line: its name, megabytes a second, and the matches of one pass.
 */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_RULES 4096
#define MAX_LINE 16384

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                 void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    ++*(unsigned long long *)context;
    return 0;
}

static void die(const char *what, const char *detail) {
    fprintf(stderr, "hyperscan-scan: %s: %s\n", what, detail);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static hs_database_t *compile(const char *path) {
    static char *expressions[MAX_RULES];
    static unsigned flags[MAX_RULES], ids[MAX_RULES];
    static char line[MAX_LINE];
    unsigned rules = 0, refused = 0;
    FILE *file = fopen(path, "r");
    if (!file) die(path, "cannot be read");
    while (fgets(line, sizeof line, file) && rules < MAX_RULES) {
        char *tab = strchr(line, '\t');
        if (!tab) die(path, "has a line without tab");
        line[strcspn(line, "\n")] = 0;
        unsigned wanted = HS_FLAG_SINGLEMATCH | (line[0] == 'i' ? HS_FLAG_CASELESS : 0);
        hs_database_t *alone;
        hs_compile_error_t *error;
        if (hs_compile(tab + 1, wanted, HS_MODE_BLOCK, NULL, &alone, &error) != HS_SUCCESS) {
            fprintf(stderr, "hyperscan-scan: left out: %s: %s\n", tab + 1, error->message);
            hs_free_compile_error(error);
            ++refused;
            continue;
        }
        hs_free_database(alone);
        expressions[rules] = strdup(tab + 1);
        flags[rules] = wanted;
        ids[rules] = rules;
        ++rules;
    }
    fclose(file);
    hs_database_t *database;
    hs_compile_error_t *error;
    if (hs_compile_multi((const char *const *)expressions, flags, ids, rules, HS_MODE_BLOCK, NULL,
                         &database, &error) != HS_SUCCESS)
        die("rules", error->message);
    printf("rules\t%u\t%u\n", rules, refused);
    return database;
}

int main(int arguments, char **argument) {
    if (arguments < 4) die("usage", "hyperscan-scan RULES SECONDS FILE...");
    hs_database_t *database = compile(argument[1]);
    hs_scratch_t *scratch = NULL;
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) die("scratch", "no memory");
    double seconds = atof(argument[2]);
    for (int i = 3; i < arguments; ++i) {
        FILE *file = fopen(argument[i], "rb");
        if (!file) die(argument[i], "cannot be read");
        fseek(file, 0, SEEK_END);
        long size = ftell(file);
        rewind(file);
        char *bytes = malloc(size);
        if (!bytes || fread(bytes, 1, size, file) != (size_t)size) die(argument[i], "is short");
        fclose(file);
        unsigned long long matches = 0;
        hs_scan(database, bytes, size, 0, scratch, count, &matches);
        double start = now(), end;
        unsigned long passes = 0;
        do {
            unsigned long long again = 0;
            hs_scan(database, bytes, size, 0, scratch, count, &again);
            ++passes;
            end = now();
        } while (end - start < seconds);
        printf("%s\t%.1f\t%llu\n", argument[i], passes * (double)size / 1e6 / (end - start),
               matches);
        free(bytes);
    }
    hs_free_scratch(scratch);
    hs_free_database(database);
    return 0;
}
