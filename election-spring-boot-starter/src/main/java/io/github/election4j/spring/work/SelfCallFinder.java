package io.github.election4j.spring.work;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ConstantDynamic;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Finds the calls on {@code this} in an instance method, which has it in its first variable. It goes through the
 * instructions once, from the first to the last, with what is on the operand stack.
 */
final class SelfCallFinder extends MethodVisitor {
    private final SelfCall.Signature method;
    private final Consumer<SelfCall> found;
    private final ThisStack stack = new ThisStack();
    /** What is on the stack where jumps and exceptions lead to. */
    private final Map<Label, ThisStack> targets = new HashMap<>();

    SelfCallFinder(SelfCall.Signature method, Consumer<SelfCall> found) {
        super(SpringAsmInfo.ASM_VERSION);
        this.method = method;
        this.found = found;
    }

    @Override
    public void visitInsn(int opcode) {
        switch (opcode) {
            case Opcodes.DUP -> stack.copy(1, 0);
            case Opcodes.DUP_X1 -> stack.copy(1, 1);
            case Opcodes.DUP_X2 -> stack.copy(1, 2);
            case Opcodes.DUP2 -> stack.copy(2, 0);
            case Opcodes.DUP2_X1 -> stack.copy(2, 1);
            case Opcodes.DUP2_X2 -> stack.copy(2, 2);
            case Opcodes.SWAP -> stack.swap();
            default -> stack.grow(StackEffect.of(opcode));
        }
        if (opcode == Opcodes.ATHROW || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)) {
            stack.leave();
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        stack.grow(StackEffect.of(opcode));
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        if (opcode == Opcodes.ALOAD) {
            stack.push(variable == 0);
        } else {
            stack.grow(StackEffect.of(opcode));
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.INSTANCEOF) {
            stack.pop(1);
            stack.push(false);
        } else {
            stack.grow(StackEffect.of(opcode));
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        int size = Type.getType(descriptor).getSize();
        stack.pop(opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD ? 1 : 0);
        stack.grow(opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC ? size : -size);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        int words = words(descriptor) + (opcode == Opcodes.INVOKESTATIC ? 0 : 1);
        boolean overridable = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
        if (overridable && stack.isThis(words)) {
            call(name, descriptor);
        }
        stack.pop(words);
        stack.grow(Type.getReturnType(descriptor).getSize());
    }

    /** A method reference and a lambda are made from what they capture: {@code this} comes first. */
    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        int words = words(descriptor);
        if (words > 0 && stack.isThis(words)) {
            for (Object each : arguments) {
                if (each instanceof Handle handle
                        && (handle.getTag() == Opcodes.H_INVOKEVIRTUAL
                                || handle.getTag() == Opcodes.H_INVOKEINTERFACE)) {
                    call(handle.getName(), handle.getDesc());
                }
            }
        }
        stack.pop(words);
        stack.grow(Type.getReturnType(descriptor).getSize());
    }

    @Override
    public void visitLdcInsn(Object value) {
        boolean wide = value instanceof Long
                || value instanceof Double
                || (value instanceof ConstantDynamic dynamic && dynamic.getSize() == 2);
        stack.grow(wide ? 2 : 1);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        stack.grow(1 - dimensions);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
        stack.grow(StackEffect.of(opcode));
        reach(target);
        if (opcode == Opcodes.GOTO) {
            stack.leave();
        }
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... targets) {
        visitSwitch(other, targets);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] targets) {
        visitSwitch(other, targets);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        ThisStack exception = new ThisStack();
        exception.push(false);
        targets.put(handler, exception);
    }

    @Override
    public void visitLabel(Label label) {
        ThisStack jumped = targets.get(label);
        if (jumped != null) {
            stack.join(jumped);
        }
    }

    @Override
    public void visitFrame(int type, int variables, Object[] variable, int size, Object[] entries) {
        int words = size;
        for (int i = 0; i < size; i++) {
            words += entries[i] == Opcodes.LONG || entries[i] == Opcodes.DOUBLE ? 1 : 0;
        }
        stack.frame(words);
    }

    private void visitSwitch(Label other, Label... labels) {
        stack.grow(StackEffect.of(Opcodes.TABLESWITCH));
        reach(other);
        for (Label each : labels) {
            reach(each);
        }
        stack.leave();
    }

    private void reach(Label target) {
        targets.computeIfAbsent(target, unknown -> stack.copy()).join(stack);
    }

    private void call(String name, String descriptor) {
        found.accept(new SelfCall(method, new SelfCall.Signature(name, descriptor)));
    }

    private static int words(String descriptor) {
        int words = 0;
        for (Type each : Type.getArgumentTypes(descriptor)) {
            words += each.getSize();
        }
        return words;
    }
}
