package io.github.election4j.examples;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application that the examples test. */
@SpringBootApplication
class ReportApplication {}
