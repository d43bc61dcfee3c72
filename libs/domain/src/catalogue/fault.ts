/** One thing wrong with what an organizer entered: which field, and what to mend in words. */
export type Fault = { readonly field: string; readonly message: string };
