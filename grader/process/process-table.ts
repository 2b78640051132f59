import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { gradeMarker } from './environment.ts'

// All of this reads Linux's /proc; elsewhere the functions find nothing, and process groups
// (POSIX) or the tree kill of Windows are what remains.

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // gone in the meantime, or not ours to read
  }
}

function allPids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** Parent of a process, or undefined when it is gone. */
export function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`)
  // "pid (name) state ppid …": the name may hold blanks and brackets, so count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || !stat ? undefined : Number(fields[1])
}

/** All living descendants of a process, those included that began a session of their own. */
export function descendants(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const pid of allPids()) {
    const parent = parentOf(pid)
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const found: number[] = []
  const queue = [root]
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const next = children.get(pid) ?? []
    found.push(...next)
    queue.push(...next)
  }
  return found
}

/** Living processes that carry the mark of this grade in their environment. */
export function markedProcesses(gradeId: string): number[] {
  const mark = `${gradeMarker}=${gradeId}`
  return allPids().filter(
    (pid) => pid !== process.pid && read(`/proc/${pid}/environ`).split('\0').includes(mark),
  )
}

/** TCP ports on which a process or one of its descendants listens. */
export function listeningPorts(root: number): number[] {
  const inodes = new Set<string>()
  for (const pid of [root, ...descendants(root)]) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]
        if (inode) inodes.add(inode)
      }
    } catch {} // gone in the meantime
  }
  const ports = new Set<number>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of read(table).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
      const listening = state === '0A' // TCP_LISTEN, include/net/tcp_states.h
      if (listening && inode && inodes.has(inode)) {
        ports.add(Number.parseInt(local?.split(':')[1] ?? '', 16))
      }
    }
  }
  return [...ports]
}
