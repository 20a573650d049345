/** What the examples of endpoints share: one user with one project, which holds one flow. */
export const exampleFlowId = 'd2bbd92b-187e-4c84-b2d4-5df365704201'
export const exampleUserId = 'f58396d4-a387-4bb8-b749-f40825c3d9f3'
export const exampleProjectId = '1415de42-8f01-4f36-bf34-539f23e47466'
export const exampleSessionId = 'chat-123'

/** A run of the flow, and so the id of its job and its task. */
export const exampleJobId = '01ce083d-748b-7b8d-97b6-33adbb6a528a'

export const exampleUser = {
  id: exampleUserId,
  username: 'ada',
  profile_image: 'Space/046-rocket.svg',
  store_api_key: null,
  is_active: true,
  is_superuser: false,
  create_at: '2026-01-05T17:20:18.482000',
  updated_at: '2026-01-05T17:59:07.855000',
  last_login_at: '2026-01-05T17:59:07.855000',
  optins: { github_starred: false, dialog_dismissed: false, discord_clicked: false },
}

export const exampleProject = {
  name: 'Support',
  description: 'Flows of the help desk',
  auth_settings: null,
  id: exampleProjectId,
  parent_id: null,
  stores_payloads: true,
  owner_username: exampleUser.username,
  is_owner: true,
  role: 'owner',
}

/** The smallest graph an editor shows. */
export const exampleGraph = { nodes: [], edges: [], viewport: { x: 0, y: 0, zoom: 1 } }

/** The body that makes `exampleFlow`. */
export const exampleFlowBody = {
  name: 'Basic Prompting',
  description: 'Answers in the manner of a pirate.',
  data: exampleGraph,
  endpoint_name: 'basic-prompting',
  tags: ['chatbots'],
  folder_id: exampleProjectId,
}

export const exampleFlow = {
  name: exampleFlowBody.name,
  description: exampleFlowBody.description,
  icon: null,
  icon_bg_color: null,
  gradient: null,
  data: exampleGraph,
  is_component: false,
  updated_at: '2026-01-05T17:59:07+00:00',
  webhook: false,
  endpoint_name: exampleFlowBody.endpoint_name,
  tags: exampleFlowBody.tags,
  locked: false,
  mcp_enabled: false,
  action_name: null,
  action_description: null,
  access_type: 'PRIVATE',
  id: exampleFlowId,
  user_id: exampleUserId,
  folder_id: exampleProjectId,
  project_id: exampleProjectId,
  fs_path: null,
  flow_type: 'workflow',
  a2a_enabled: false,
  a2a_card_overrides: null,
  workspace_id: null,
  name_key: null,
  version_token: '16c95d86-5616-82bc-a2c1-15d7ea03ee5c',
}

/** A copy of it, as a fork makes it. */
export const exampleSecondFlow = {
  ...exampleFlow,
  name: 'Another attempt',
  endpoint_name: null,
  id: '2f6f0c1d-9a10-4c1d-8c1d-019aa8a47a1b',
  version_token: '65581be4-e140-82ea-a55a-574a708afb60',
}
