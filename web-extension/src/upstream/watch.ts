/**
 * Runs one piece of work per animation frame, however often it was asked for. What feeds a pool can change in many ways, several at once (loading a
 * workflow connects hundreds of links), so each way only asks.
 */
export class FramePass {
  private asked = false;

  constructor(
    private readonly work: () => void,
    private readonly nextFrame: (run: () => void) => void = run => requestAnimationFrame(run),
  ) {}

  /** Has the work run at the next frame. */
  ask(): void {
    if (this.asked) return;
    this.asked = true;
    this.nextFrame(() => {
      this.asked = false;
      this.work();
    });
  }
}
