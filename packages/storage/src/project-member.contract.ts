import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import { aBatch, aFlow, aMessage, aProject, aRun, aUser } from './test-records.ts'

/** With whom projects are shared. */
export function projectMemberContract(open: () => Storage): void {
  async function shared() {
    const { users, projects, projectMembers, flows } = open()
    const [ada, eve] = [await users.add(aUser()), await users.add(aUser())]
    const project = await projects.add(aProject(ada.id))
    const member = { projectId: project.id, userId: eve.id, role: 'viewer', createdAt: 5 } as const
    expect(await projectMembers.add(member)).toBe(true)
    const flow = await flows.add(aFlow(ada.id, { projectId: project.id, endpointName: `of-${ada.id}` }))
    return { ada, eve, project, member, flow }
  }

  describe('members of projects', () => {
    test('are added once, listed, given another role and removed', async () => {
      const { projectMembers } = open()
      const { ada, eve, project, member } = await shared()
      expect(await projectMembers.add({ ...member, role: 'owner' })).toBe(false)
      expect(await projectMembers.list(project.id)).toEqual([{ ...member, username: eve.username }])
      expect(await projectMembers.setRole({ ...member, role: 'editor' })).toBe(true)
      expect(await projectMembers.setRole({ ...member, userId: ada.id })).toBe(false)
      expect(await projectMembers.sharedWith(eve.id)).toEqual([{ project, ownerName: ada.username, role: 'editor' }])
      expect(await projectMembers.remove(project.id, eve.id)).toBe(true)
      expect(await projectMembers.remove(project.id, eve.id)).toBe(false)
      expect(await projectMembers.sharedWith(eve.id)).toEqual([])
    })

    test('reach the flows of the project, by id or endpoint name, and no others', async () => {
      const { projectMembers, flows } = open()
      const { ada, eve, project, flow } = await shared()
      const standing = { ownerId: ada.id, projectId: project.id, role: 'viewer' }
      expect(await projectMembers.inProject(eve.id, project.id)).toEqual(standing)
      expect(await projectMembers.inFlow(eve.id, flow.id)).toEqual(standing)
      expect(await projectMembers.inFlow(eve.id, flow.endpointName ?? '')).toEqual(standing)
      expect(await projectMembers.inProject(ada.id, project.id)).toBeUndefined()
      expect(await projectMembers.inFlow(ada.id, flow.id)).toBeUndefined()
      const other = await flows.add(aFlow(ada.id))
      expect(await projectMembers.inFlow(eve.id, other.id)).toBeUndefined()
      // A name that looks like the id of a flow leads to none.
      await flows.update(ada.id, flow.id, { endpointName: other.id })
      expect(await projectMembers.inFlow(eve.id, other.id)).toBeUndefined()
    })

    test('reach what runs of these flows left behind', async () => {
      const { projectMembers, runs } = open()
      const { ada, eve, project, flow } = await shared()
      const [run, other] = [aRun(ada.id, flow.id), aRun(ada.id, newId())]
      const message = aMessage(ada.id, { flow_id: flow.id })
      await runs.record({ ...aBatch(run), messages: [message] })
      await runs.record(aBatch(other))
      const standing = { ownerId: ada.id, projectId: project.id, role: 'viewer' }
      expect(await projectMembers.inRuns(eve.id, [run.id, other.id])).toEqual(new Map([[run.id, standing]]))
      expect(await projectMembers.inMessages(eve.id, [message.id, newId()])).toEqual(new Map([[message.id, standing]]))
      expect(await projectMembers.inRuns(ada.id, [run.id])).toEqual(new Map())
    })

    test('go with the project and with the user', async () => {
      const { projectMembers, projects, users } = open()
      const one = await shared()
      await projects.remove(one.ada.id, one.project.id)
      expect(await projectMembers.list(one.project.id)).toEqual([])
      const two = await shared()
      await users.remove(two.eve.id)
      expect(await projectMembers.list(two.project.id)).toEqual([])
      const three = await shared()
      await users.remove(three.ada.id)
      expect(await projectMembers.sharedWith(three.eve.id)).toEqual([])
    })
  })
}
