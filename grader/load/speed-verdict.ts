import type { SpeedGate } from '../catalogue/define-load-gate.ts'
import { type Contestants, runSpeedGate, type SpeedOutcome } from './run-speed-gate.ts'

/**
 * Runs a speed gate, and once more when it was too noisy to say: noise passes. A second look costs
 * some seconds, a wrong verdict a learner's evening.
 * @param stop ends all servers that the contestants started so far.
 */
export async function speedVerdict(
  gate: SpeedGate,
  contestants: Contestants,
  stop: () => Promise<unknown>,
  progress: (text: string) => void,
): Promise<SpeedOutcome> {
  const first = await runSpeedGate(gate, contestants, progress)
  if (!first.inconclusive) return first
  progress('too noisy to say, measuring once more')
  await stop()
  const second = await runSpeedGate(gate, contestants, progress)
  return { ...second, durationMs: first.durationMs + second.durationMs }
}
