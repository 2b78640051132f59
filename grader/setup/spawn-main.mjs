import { spawn } from 'node:child_process'
import { once } from 'node:events'

// A console's Ctrl-C reaches every process in it on Windows, where to forward it would mean to kill
// at once.
const forwarded = process.platform === 'win32' ? [] : ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs the grader in a child on the pinned Node, and ends as the child ended. The channel between
 * the two is there for one thing: it closes however this process ends, so that the child can stop
 * even after a kill -9 of its parent.
 *
 * @param {string} node path of the binary
 * @param {string} main path of grader/cli/main.ts
 * @param {string[]} args
 */
export async function spawnMain(node, main, args) {
  const child = spawn(node, [main, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, WORKSHOP_PARENT_IPC: '1' },
  })
  const forward = (signal) => child.kill(signal)
  const ignore = () => {}
  for (const signal of forwarded) process.on(signal, forward)
  if (forwarded.length === 0) process.on('SIGINT', ignore)
  const [code, signal] = await once(child, 'exit')
  for (const name of forwarded) process.off(name, forward)
  process.off('SIGINT', ignore)
  if (signal) process.kill(process.pid, signal)
  else process.exitCode = code
}
