import { StillTelling } from './kept-definition.ts'

/** The answer, once the sessions are told, however long that takes. */
export async function whenTold<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof StillTelling)) throw error
    }
  }
}
