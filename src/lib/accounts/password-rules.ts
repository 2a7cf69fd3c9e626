/** Characters a new password has at least; length is what protects it, so nothing else is asked for. */
export const PASSWORD_LENGTH = 10;
/** bcrypt reads 72 bytes and silently ignores the rest. */
export const PASSWORD_BYTES = 72;
