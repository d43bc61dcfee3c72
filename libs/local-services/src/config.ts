// What this lib takes from the environment: the programs it starts inherit it (PATH, locale, proxies), as from a shell.
export const machineEnv: Readonly<NodeJS.ProcessEnv> = process.env;
