/** Opens the inspector as a sheet, where there is no room for it beside the canvas. */
import { PanelRight } from 'lucide-react';
import { useServices, useView } from '../app/context.ts';
import css from './Header.module.css';

export function InspectorSwitch() {
  const { view } = useServices();
  const isOpen = useView((state) => state.isInspectorOpen);
  return (
    <button
      className={`button ${css.sheet}`}
      data-look="icon"
      aria-label="Inspector"
      aria-expanded={isOpen}
      title="Inspector"
      onClick={() => view.setState({ isInspectorOpen: !isOpen })}
    >
      <PanelRight size={16} aria-hidden />
    </button>
  );
}
