// npm run audit: says rule by rule whether every invariant holds. Exit code 1 when one does not.
import { audit, connectMongo } from '@onsale/booking-mongo';
import { mongoUri } from './config.ts';
import { reportLines } from './report-lines.ts';

const mongo = await connectMongo(mongoUri());
const report = await audit(mongo);
await mongo.close();
console.log(reportLines(report).join('\n'));
process.exitCode = report.findings.every(({ faults }) => faults.length === 0) ? 0 : 1;
