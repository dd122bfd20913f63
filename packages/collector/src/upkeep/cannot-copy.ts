/** A backup or a restore that cannot be made. The message is a sentence for the operator; nothing was changed. */
export class CannotCopy extends Error {}
