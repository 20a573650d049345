export const WorkspacePage = () => <div />
