/** All that a step's files may use of the grader: step.ts and its checks import from here alone. */
export type { Answer } from './behaviour/answer.ts'
export { type CheckOptions, type Client, check } from './behaviour/check.ts'
export type { Connection, Waited } from './behaviour/connection.ts'
export { type Evidence, verify } from './behaviour/evidence.ts'
export type { Exchange, RequestOptions } from './behaviour/request.ts'
export {
  defineLoadGate,
  type GateContext,
  type GateOutcome,
  type Observation,
} from './catalogue/define-load-gate.ts'
export { defineStep, type Step } from './catalogue/define-step.ts'
export type { LoadOptions, LoadReport } from './catalogue/load-shape.ts'
export { closedLoop } from './load/closed-loop.ts'
export { DrippingCrowd } from './load/dripping-crowd.ts'
export { endlessUpload } from './load/endless-upload.ts'
export { leadVote, type Vote } from './load/lead-vote.ts'
export { newConnections } from './load/new-connections.ts'
export { type OpenLoopOptions, type OpenLoopReport, openLoop } from './load/open-loop.ts'
export { quantile } from './load/quantile.ts'
export type { RunningServer } from './process/start-server.ts'
