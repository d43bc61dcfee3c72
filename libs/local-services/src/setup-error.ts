// A fault that a person can mend. Its message is one sentence that names the way out, and is printed without a stack.
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
