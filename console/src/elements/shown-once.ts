import type { ReactiveController, ReactiveControllerHost } from "lit";

/** A text that can be seen once, a Token Secret or a private key: the only place that holds it, and whether somebody has it by now. */
export class ShownOnce implements ReactiveController {
  text = "";
  private kept = false;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Whether it would be lost if it were forgotten now. */
  get atStake(): boolean {
    return this.text !== "" && !this.kept;
  }

  show(text: string): void {
    this.text = text;
    this.kept = false;
    this.host.requestUpdate();
  }

  readonly keep = (): void => {
    this.kept = true;
    this.host.requestUpdate();
  };

  forget(): void {
    this.show("");
  }

  hostConnected(): void {
    addEventListener("copy", this.copiedByHand);
  }

  hostDisconnected(): void {
    this.forget();
    removeEventListener("copy", this.copiedByHand);
  }

  private readonly copiedByHand = (): void => {
    if (this.text && getSelection()?.toString().includes(this.text)) this.keep();
  };
}
