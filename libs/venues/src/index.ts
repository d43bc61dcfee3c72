export { sibeliusHall } from './sibelius-hall/read-plan.ts';
