/** The database file can't be used: the message says why and what to do, in one or two sentences. `cause` is what the system said, if it did. */
export class CannotOpenStore extends Error {}
