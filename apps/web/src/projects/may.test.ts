import { logout } from '@runnel/protocol/login'
import { addProjectMember, listProjectMembers } from '@runnel/protocol/project-members'
import { expect, test } from 'vitest'
import { mayCall, roleIn } from './may.ts'

test('whoever made a project may do all with it, the others what their role says', () => {
  const own = roleIn({ is_owner: true, role: 'owner' })
  const shared = roleIn({ is_owner: false, role: 'editor' })
  const calls = [listProjectMembers, addProjectMember, logout]
  const may = (role: typeof own) => calls.map((endpoint) => mayCall(endpoint, role))
  expect([may(own), may(shared), may('owner')]).toEqual([
    [true, true, true],
    [true, false, false],
    [true, true, false],
  ])
})
