/**
 * Harnesses for tests. Knows no other module of this project, so that every module's tests can use
 * it.
 */
@NullMarked
package clawsec.testkit;

import org.jspecify.annotations.NullMarked;
