import { z } from 'zod'

/** What somebody may do in a project; each role may all that the ones before it may. */
export const ProjectRole = z.enum(['viewer', 'runner', 'editor', 'owner'])
export type ProjectRole = z.output<typeof ProjectRole>

/** Whether a role is enough where at least another one is needed. */
export const suffices = (role: ProjectRole, least: ProjectRole): boolean =>
  ProjectRole.options.indexOf(role) >= ProjectRole.options.indexOf(least)
