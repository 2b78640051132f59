import type { Profiler, Runtime } from 'node:inspector'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ScriptMap } from './cpu-profile.ts'

/**
 * Where a profiled function stands in the source. Node's own type stripping leaves every line where
 * it was; what tsx compiled, all of it on a few lines, is mapped back.
 */
export class SourcePositions {
  readonly #maps = new Map<string, SourceMap>()
  readonly #root: string

  /** @param root of the workshop; paths are given from there. */
  constructor(scripts: ScriptMap[], root: string) {
    this.#root = `${root}/`
    for (const { scriptId, sourceMapUrl } of scripts) {
      const base64 = /^data:application\/json[^,]*;base64,(.*)$/.exec(sourceMapUrl)?.[1]
      if (base64) {
        const payload = JSON.parse(Buffer.from(base64, 'base64').toString())
        this.#maps.set(scriptId, new SourceMap(payload))
      }
    }
  }

  /** Path from the root, or the script's URL when it lies elsewhere. */
  pathOf({ url }: Pick<Runtime.CallFrame, 'url'>): string {
    // tsx marks its modules with a query.
    const path = url.startsWith('file:') ? fileURLToPath(url.replace(/\?.*$/, '')) : url
    return path.startsWith(this.#root) ? path.slice(this.#root.length) : path
  }

  /** Line on which a function begins, counted from 1. */
  sourceLine({ callFrame }: Profiler.ProfileNode): number | undefined {
    const { scriptId, lineNumber, columnNumber } = callFrame
    const map = this.#maps.get(scriptId)
    if (!map) return lineNumber + 1
    const entry = map.findEntry(lineNumber, columnNumber)
    return 'originalLine' in entry ? entry.originalLine + 1 : undefined
  }

  /** Line of a function on which it spent most of its own time, counted from 1, where that is known. */
  hottestLine({ callFrame, positionTicks = [] }: Profiler.ProfileNode): number | undefined {
    if (this.#maps.has(callFrame.scriptId)) return undefined // ticks have lines, and no columns
    return positionTicks.toSorted((a, b) => b.ticks - a.ticks)[0]?.line
  }
}
