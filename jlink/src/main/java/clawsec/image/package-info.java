/**
 * What is done to a linked image from outside: a run that trains its start-up caches, and the
 * end-to-end tests, which start it as a process.
 */
@NullMarked
package clawsec.image;

import org.jspecify.annotations.NullMarked;
