package io.github.election4j.spring.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The operand stack of a method at one instruction, word by word: whether it is known to be {@code this}. A long or a
 * double is two words. Where the instruction cannot be reached nothing is on it, and nothing changes it.
 */
final class ThisStack {
    private final List<Boolean> words = new ArrayList<>();
    private boolean reachable = true;

    void push(boolean isThis) {
        if (reachable) {
            words.add(isThis);
        }
    }

    void pop(int count) {
        for (int i = 0; reachable && i < count; i++) {
            words.remove(top());
        }
    }

    /** What an instruction does whose result is never {@code this}. */
    void grow(int count) {
        pop(-count);
        for (int i = 0; i < count; i++) {
            push(false);
        }
    }

    /** Copies words from the top to below others, as the instructions {@code dup} do. */
    void copy(int count, int below) {
        if (reachable) {
            int end = words.size();
            words.addAll(end - count - below, List.copyOf(words.subList(end - count, end)));
        }
    }

    void swap() {
        if (reachable) {
            Collections.swap(words, top(), top() - 1);
        }
    }

    /** {@return whether the word so far down is {@code this}; 1 is the top} */
    boolean isThis(int depth) {
        return reachable && words.get(words.size() - depth);
    }

    /** The next instruction is reached by jumps only. */
    void leave() {
        words.clear();
        reachable = false;
    }

    ThisStack copy() {
        ThisStack copy = new ThisStack();
        copy.words.addAll(words);
        copy.reachable = reachable;
        return copy;
    }

    /**
     * The instruction is reached from another one as well: what is {@code this} by one way only, is not known to be.
     */
    void join(ThisStack other) {
        if (!other.reachable) {
            return;
        }
        if (!reachable) {
            reachable = true;
            words.addAll(other.words);
            return;
        }
        requireSize(other.words.size());
        for (int i = 0; i < words.size(); i++) {
            words.set(i, words.get(i) && other.words.get(i));
        }
    }

    /** What the class file says of the instruction: it is reached, with so many words. */
    void frame(int size) {
        if (reachable) {
            requireSize(size);
        } else {
            reachable = true;
            words.addAll(Collections.nCopies(size, false));
        }
    }

    private void requireSize(int size) {
        if (words.size() != size) {
            throw new IllegalStateException(words.size() + " words where " + size + " are expected");
        }
    }

    private int top() {
        return words.size() - 1;
    }
}
