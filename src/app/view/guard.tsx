import { Component, type ReactNode } from 'react';

interface GuardProps {
  readonly children: ReactNode;
  /** Shown in place of what could not be drawn. */
  readonly fallback: ReactNode;
  readonly onError: (error: unknown) => void;
  /** When this changes, drawing is tried again. */
  readonly resetOn: unknown;
}

interface GuardState {
  readonly failed: boolean;
  readonly on: unknown;
}

/** Keeps a screen that cannot be drawn from taking the program down: the way back stays open. */
export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { failed: false, on: this.props.resetOn };

  static getDerivedStateFromError(): Partial<GuardState> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: GuardProps, state: GuardState): GuardState | null {
    return props.resetOn === state.on ? null : { failed: false, on: props.resetOn };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
