/**
 * Keeps a failure of one part of the page inside that part: a script that did not arrive (the site was renewed, the
 * connection is gone) or an exception while drawing. The rest goes on, and the design is saved as ever.
 */
import { Component, type ReactNode } from 'react';
import css from './Boundary.module.css';

interface Props {
  /** What failed, as the subject of a sentence: "The inspector". */
  readonly part: string;
  /** Another value means another content, which may well work. */
  readonly content?: string | number | null;
  /** It has no place of its own on the screen. */
  readonly isFloating?: boolean;
  readonly children: ReactNode;
}

interface State {
  readonly problem: Error | null;
  readonly content: Props['content'];
}

export class Boundary extends Component<Props, State> {
  override state: State = { problem: null, content: this.props.content };

  static getDerivedStateFromError(problem: unknown): Partial<State> {
    return { problem: problem instanceof Error ? problem : new Error(String(problem)) };
  }

  static getDerivedStateFromProps({ content }: Props, state: State): Partial<State> | null {
    return content === state.content ? null : { content, problem: null };
  }

  override render() {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <div className={css.failed} role="alert" data-floating={this.props.isFloating || undefined}>
        <p>
          <b>{this.props.part} could not be shown</b>: {reasonOf(problem)} Your design is saved; reload the
          page to go on.
        </p>
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    );
  }
}

/** Each browser has its own words for a script that did not arrive. */
function reasonOf({ message }: Error): string {
  const isMissing = /dynamically imported|importing a module|preload|failed to fetch/i.test(message);
  return isMissing ? 'a part of the page did not arrive.' : `${message.replace(/\.$/, '')}.`;
}
