/**
 * The report of a run of golden workflows: a page for people, JUnit's XML for build servers, JSON
 * for programs. {@link dev.tidepool.harness.report.Report} is the door.
 */
@NullMarked
package dev.tidepool.harness.report;

import org.jspecify.annotations.NullMarked;
