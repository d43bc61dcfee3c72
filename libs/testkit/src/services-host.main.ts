// The process that holds the services of one test run: started by jest's global setup, ended when its standard input
// closes. That happens even when jest is killed, so a test run leaves nothing behind, however it ends.
import { removeAbandonedRuns, runServicesHost } from './services-host.ts';

const [rootDir = process.cwd()] = process.argv.slice(2);

// Signals meant for jest (Ctrl-C) reach us too in some terminals; the end of the input is what counts.
process.on('SIGINT', () => {});
await removeAbandonedRuns();
const host = await runServicesHost(rootDir);
process.stdout.write(`services-host ready ${host.socketPath}\n`);
process.stdin.resume();
process.stdin.once('end', () => void host.stop().then(() => process.exit(0)));
