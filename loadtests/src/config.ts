// The environment, handed on to the auditor: it knows no variable of its own.
export const inheritedEnv: Readonly<NodeJS.ProcessEnv> = process.env;
