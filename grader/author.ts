/** All that a step's files may use of the grader: step.ts and its checks import from here alone. */
export type { Answer } from './behaviour/answer.ts'
export { type CheckOptions, type Client, check } from './behaviour/check.ts'
export type { Connection, Waited } from './behaviour/connection.ts'
export { type Evidence, verify } from './behaviour/evidence.ts'
export type { Exchange, RequestOptions } from './behaviour/request.ts'
export { defineStep, type Step } from './catalogue/define-step.ts'
export { closedLoop, type LoadReport } from './load/closed-loop.ts'
export {
  defineLoadGate,
  type GateContext,
  type GateOutcome,
  type Observation,
} from './load/define-load-gate.ts'
export { DrippingCrowd } from './load/dripping-crowd.ts'
export { endlessUpload } from './load/endless-upload.ts'
export { leadVote, type Vote } from './load/lead-vote.ts'
export { newConnections } from './load/new-connections.ts'
export { quantile } from './load/quantile.ts'
export type { RunningServer } from './process/start-server.ts'
