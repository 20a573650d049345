/** What somebody may do in a project; each role may all that the ones before it may. */
export const PROJECT_ROLES = ['viewer', 'runner', 'editor', 'owner'] as const
export type ProjectRole = (typeof PROJECT_ROLES)[number]

/** Whether a role is enough where at least another one is needed. */
export const suffices = (role: ProjectRole, least: ProjectRole): boolean =>
  PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(least)

/** What is shared with a project. */
export type SharedThing = 'flow' | 'project' | 'run' | 'message'

/** What parameters and keys of bodies mean, of the endpoints that have a role. */
export const SHARED_THINGS: Readonly<Record<string, SharedThing>> = {
  flow_id: 'flow',
  flow_id_or_name: 'flow',
  workflow_id: 'flow',
  model: 'flow',
  project_id: 'project',
  folder_id: 'project',
  run_id: 'run',
  job_id: 'run',
  task_id: 'run',
  message_id: 'message',
}
