package io.github.election4j.spring.work;

import org.springframework.asm.Opcodes;

/** By how many words an instruction makes the operand stack grow, where its opcode alone tells. */
final class StackEffect {
    private static final int[] EFFECTS = new int[Opcodes.IFNONNULL + 1];

    static {
        rows(Opcodes.ACONST_NULL, Opcodes.ICONST_5, 1);
        rows(Opcodes.LCONST_0, Opcodes.LCONST_1, 2);
        rows(Opcodes.FCONST_0, Opcodes.FCONST_2, 1);
        rows(Opcodes.DCONST_0, Opcodes.DCONST_1, 2);
        rows(Opcodes.BIPUSH, Opcodes.SIPUSH, 1);
        rows(Opcodes.ILOAD, Opcodes.ALOAD, 1, 2, 1, 2, 1);
        rows(Opcodes.IALOAD, Opcodes.SALOAD, -1, 0, -1, 0, -1, -1, -1, -1);
        rows(Opcodes.ISTORE, Opcodes.ASTORE, -1, -2, -1, -2, -1);
        rows(Opcodes.IASTORE, Opcodes.SASTORE, -3, -4, -3, -4, -3, -3, -3, -3);
        rows(Opcodes.POP, Opcodes.POP2, -1, -2);
        rows(Opcodes.IADD, Opcodes.DREM, -1, -2);
        rows(Opcodes.ISHL, Opcodes.LUSHR, -1);
        rows(Opcodes.IAND, Opcodes.LXOR, -1, -2);
        rows(Opcodes.I2L, Opcodes.D2F, 1, 0, 1, -1, -1, 0, 0, 1, 1, -1, 0, -1);
        rows(Opcodes.LCMP, Opcodes.DCMPG, -3, -1, -1, -3, -3);
        rows(Opcodes.IFEQ, Opcodes.IFLE, -1);
        rows(Opcodes.IF_ICMPEQ, Opcodes.IF_ACMPNE, -2);
        rows(Opcodes.IFNULL, Opcodes.IFNONNULL, -1);
        rows(Opcodes.TABLESWITCH, Opcodes.LOOKUPSWITCH, -1);
        rows(Opcodes.IRETURN, Opcodes.RETURN, -1, -2, -1, -2, -1, 0);
        rows(Opcodes.NEW, Opcodes.NEW, 1);
        rows(Opcodes.ATHROW, Opcodes.ATHROW, -1);
        rows(Opcodes.MONITORENTER, Opcodes.MONITOREXIT, -1);
    }

    private StackEffect() {}

    /** {@return the words that are more on the stack after this instruction; negative if they are fewer} */
    static int of(int opcode) {
        return EFFECTS[opcode];
    }

    /** Those of neighbours: the opcodes for int, long, float, double and references follow each other. */
    private static void rows(int first, int last, int... effects) {
        for (int opcode = first; opcode <= last; opcode++) {
            EFFECTS[opcode] = effects[(opcode - first) % effects.length];
        }
    }
}
