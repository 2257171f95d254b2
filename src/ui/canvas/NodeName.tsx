/** The name of a node on its card, and the field that takes its place while it is renamed. */
import { useDesignStore, useView, useViewStore } from '../app/context.ts';
import { InlineName } from './InlineName.tsx';

/** Characters that fit on a card at the usual size. */
const USUAL = 14;

export function NodeName({ id, label }: { id: string; label: string }) {
  const isRenaming = useView((view) => view.renaming === id);
  const design = useDesignStore();
  const view = useViewStore();
  if (!isRenaming) {
    return (
      <b title={label} data-long={label.length > USUAL || undefined}>
        {label}
      </b>
    );
  }
  return (
    <InlineName
      label="Name of the component"
      value={label}
      onDone={(name) => {
        view.setState({ renaming: null });
        if (name !== null) design.edit({ type: 'rename', id, label: name });
      }}
    />
  );
}
