/** What somebody may do in a project; each role may all that the ones before it may. */
export const PROJECT_ROLES = ['viewer', 'runner', 'editor', 'owner'] as const
export type ProjectRole = (typeof PROJECT_ROLES)[number]

/** Whether a role is enough where at least another one is needed. */
export const suffices = (role: ProjectRole, least: ProjectRole): boolean =>
  PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(least)
