import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createGradeFolder } from './grade-folder.ts'

export interface OpenGrade {
  /** Temporary folder of this grade. */
  folder: string
  /** Ends all processes of the grade, removes the folder, resolves when both are done. */
  close(): Promise<void>
}

const open = new Set<OpenGrade>()

/**
 * Opens a grade: a folder for what it writes, and a warden who cleans up. There is one way to clean
 * up, the warden's, so the one that must work after kill -9 is the one that runs every day.
 */
export function openGrade(): OpenGrade {
  const folder = createGradeFolder()
  const warden = spawn(
    process.execPath,
    [fileURLToPath(new URL('warden.ts', import.meta.url)), folder],
    // A session of its own: the terminal's Ctrl-C is for the grader, not for its warden.
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true },
  )
  const gone = once(warden, 'exit')
  const grade: OpenGrade = {
    folder,
    async close() {
      open.delete(grade)
      warden.stdin.end()
      await gone
    },
  }
  open.add(grade)
  return grade
}

/** Closes whatever grades are open; for signal handlers. */
export async function closeAllGrades(): Promise<void> {
  await Promise.all([...open].map((grade) => grade.close()))
}
