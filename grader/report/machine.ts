import { availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { Result } from './result.ts'

/** The machine of a grade: figures mean little without it. */
export const machine = (): Result['machine'] => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  os: `${platform()} ${release()}`,
  node: process.versions.node,
})
