// Redis, RabbitMQ, MongoDB and other programs of one machine, for the local stack and for tests.
export { chooseMongo, type MongoChoice } from './choose-mongo.ts';
export { freePort, freePorts } from './free-port.ts';
export { type LocalServices, type LocalServicesOptions, startLocalServices } from './local-services.ts';
export { logExcerpt } from './log-excerpt.ts';
export { withDatabase } from './mongo-uri.ts';
export { type OwnedProcess, type OwnedProcessSpec, startOwned } from './owned-process.ts';
export { type Claim, claimRunFolder, forceRecorded, releaseRunFolder } from './run-folder.ts';
export { type RunFolders, type RunningService, runFoldersIn } from './service.ts';
export { SetupError } from './setup-error.ts';
export { type RunningMongo, startMongo } from './start-mongo.ts';
export { type RunningRabbit, startRabbit } from './start-rabbitmq.ts';
export { startRedis } from './start-redis.ts';
export { ensureTools, requireTool, type ToolName } from './system-tools.ts';
export { type WaitLimit, waitUntil } from './wait-until.ts';
