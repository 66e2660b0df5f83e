package io.github.election4j.spring.work;

/**
 * A call on {@code this}, or a reference to a method of it.
 *
 * @param in the method it is made in
 * @param called the method that is called
 */
record SelfCall(Signature in, Signature called) {
    /**
     * What tells the methods of a class apart.
     *
     * @param name as in Java
     * @param descriptor as in class files
     */
    record Signature(String name, String descriptor) {}
}
