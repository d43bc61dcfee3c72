// Real services, each test's own part of them, and the means to disturb them.
export { historiesWanted } from './config.ts';
export { faketimeLibrary, wrongClock } from './faketime-library.ts';
export { launchChromium } from './launch-chromium.ts';
export { type ManualClock, manualClock } from './manual-clock.ts';
export { type TcpProxy, tcpProxy } from './tcp-proxy.ts';
export { type TestApp, type TestApps, testApps } from './test-apps.ts';
export { insertTestSale, STALLS, STANDING, type TestSale } from './test-catalogue.ts';
export { reserveCommand } from './test-commands.ts';
export { type TestMongo, testMongo } from './test-mongo.ts';
export { type TestOwnRedis, testOwnRedis } from './test-own-redis.ts';
export { type TestRabbit, testRabbit } from './test-rabbit.ts';
export { type TestRedis, testRedis } from './test-redis.ts';
export { type TestStack, testStack } from './test-stack.ts';
export { waitFor } from './wait-for.ts';
