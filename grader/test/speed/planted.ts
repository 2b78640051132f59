import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SpeedGate } from '../../catalogue/define-load-gate.ts'
import { openGrade } from '../../process/open-grade.ts'
import type { ServerPlan } from '../../process/start-server.ts'

export const root = resolve(import.meta.dirname, '../../..')
const folder = 'grader/test/planted/'

export const pingGate: SpeedGate = {
  kind: 'speed',
  id: 'ping-speed',
  title: 'ping, against the reference',
  load: { path: '/ping', expectBody: 'ok' },
  threshold: 0.7,
  why: 'it is the yardstick',
}

/** The baseline with a planted `#ping`; `use` gets its plan, and everything is ended afterwards. */
export async function withPlanted<Result>(
  name: string,
  use: (plan: ServerPlan) => Promise<Result>,
): Promise<Result> {
  const grade = openGrade()
  try {
    return await use({
      root,
      folder: grade.folder,
      conditions: [],
      replace: { specifier: '#ping', file: join(root, folder, `${name}.ts`) },
      settings: {},
      gradedFolders: [folder],
      step: 'step-01',
    })
  } finally {
    await grade.close()
  }
}

/** Where the planted file says that its time goes. */
export function plantedLine(name: string): { file: string; line: number } {
  const file = `${folder}${name}.ts`
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return { file, line: lines.findIndex((text) => text.includes('// <- here')) + 1 }
}
