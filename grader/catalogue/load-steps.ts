import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { WorkshopError } from '../errors.ts'
import type { Step } from './define-step.ts'

/** A step with what follows from the name of its folder. */
export interface LoadedStep extends Step {
  /** `step-02` */
  id: string
  number: number
  /** `step-02-limits` */
  folder: string
  /** Root of the workshop it belongs to. */
  root: string
  /** Paths from the root, with `/`. */
  files: { work: string; checks: string; lesson: string; reference: string; naive: string }
}

const folderName = /^step-(\d\d)-[a-z0-9-]+$/

/** Finds the steps by their folders, in their order, and loads each one's step.ts. */
export async function loadSteps(root: string): Promise<LoadedStep[]> {
  const folders = readdirSync(join(root, 'steps'))
    .filter((name) => folderName.test(name) && existsSync(join(root, 'steps', name, 'step.ts')))
    .sort()
  return Promise.all(folders.map((folder) => loadStep(root, folder)))
}

async function loadStep(root: string, folder: string): Promise<LoadedStep> {
  const number = Number(folderName.exec(folder)?.[1])
  const id = folder.slice(0, 'step-00'.length)
  const module = await import(pathToFileURL(join(root, 'steps', folder, 'step.ts')).href)
  const step: Step | undefined = module.default
  if (!step)
    throw new WorkshopError('E_CATALOGUE', { step: id, problem: 'step.ts has no default export' })
  const file = `${step.layer}.ts`
  const baseline = 'steps/step-01-baseline'
  return {
    ...step,
    id,
    number,
    folder,
    root,
    files: {
      work: `steps/${folder}/${file}`,
      checks: `steps/${folder}/${step.layer}.test.ts`,
      lesson: `steps/${folder}/README.md`,
      reference: step.shipsFinished ? `${baseline}/${file}` : `solutions/${folder}/${file}`,
      naive: `${baseline}/${file}`,
    },
  }
}

/** A path as it is shown to the reader: from the root of the workshop. */
export const shownPath = (root: string, path: string): string =>
  relative(root, path).replaceAll('\\', '/')
