import { setTimeout as wait } from 'node:timers/promises'

/**
 * Waits until the condition gives something truthy and returns that.
 * @throws when it does not within `ms`, with what the condition gave last.
 */
export async function until<T>(condition: () => T | Promise<T>, ms: number): Promise<T> {
  const deadline = performance.now() + ms
  for (;;) {
    const value = await condition()
    if (value) return value
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${condition}`)
    await wait(20)
  }
}
