package io.github.election4j.spring.autoconfigure.work;

import io.github.election4j.spring.LeaderOnly;

/** A super class whose method is not seen where it is extended. */
public class OfAnotherPackage {
    @LeaderOnly
    void ship() {}
}
