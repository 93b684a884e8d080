import { beforeEach, describe, expect, it, vi } from "vitest";
import { TidepoolError } from "../api/errors";
import { type TestId, testId } from "../testids";
import { textsFor } from "../ui/texts";
import { type BarActions, type BarState, ProfileBar } from "./bar";

const profiles = [
  { id: "p1", name: "Sea", created: 1 },
  { id: "p2", name: "Land", created: 2 },
];
const state: BarState = { choice: { kind: "profile", id: "p1", name: "Sea" }, profiles, count: 3, error: undefined };

describe("the profile bar", () => {
  const names = ["choose", "create", "rename", "duplicate", "export", "import", "delete", "retry"] as const;
  let actions: BarActions;
  let bar: ProfileBar;
  const find = <E extends HTMLElement>(id: TestId) => {
    const found = bar.element.querySelector<E>(`[data-testid="${testId(id)}"]`);
    if (!found) throw new Error(`${id} is not there`);
    return found;
  };
  const select = () => find<HTMLSelectElement>("profile-select");

  beforeEach(() => {
    actions = Object.fromEntries(names.map(name => [name, vi.fn()])) as unknown as BarActions;
    bar = new ProfileBar(textsFor("en"), actions);
    bar.show(state);
  });

  it("shows names and holds ids", () => {
    expect([...select().options].map(option => [option.value, option.text])).toEqual([
      ["", "Default pool"],
      ["p2", "Land"],
      ["p1", "Sea"],
    ]);
    expect(select().value).toBe("p1");
    expect(bar.element.dataset["profileId"]).toBe("p1");
    expect(find("profile-count").textContent).toBe("3");
  });

  it("keeps a missing profile selected and offers nothing that needs it", () => {
    bar.show({ ...state, choice: { kind: "missing", id: "gone", name: "Sky" }, count: undefined });
    expect(select().selectedOptions[0]?.text).toBe("Sky (missing)");
    for (const id of ["profile-rename", "profile-delete", "profile-duplicate", "profile-export"] as const) {
      expect(find<HTMLButtonElement>(id).disabled).toBe(true);
    }
    expect(find<HTMLButtonElement>("profile-create").disabled).toBe(false);
  });

  it("does not touch the options of a dropdown when nothing changed in them", () => {
    const [first] = select().options;
    bar.show({ ...state, count: 4 });
    expect(select().options[0]).toBe(first);
  });

  it("names every button and has it act", () => {
    find("profile-create").click();
    find("profile-delete").click();
    expect(actions.create).toHaveBeenCalledOnce();
    expect(actions.delete).toHaveBeenCalledOnce();
    for (const button of bar.element.querySelectorAll("button"))
      expect(button.getAttribute("aria-label")).toBe(button.title);
  });

  it("tells why the profiles cannot be read, and tries again when asked", () => {
    bar.show({
      ...state,
      profiles: undefined,
      error: new TidepoolError("bridge-unavailable", "No Java.", ["Install it."]),
    });
    const alert = bar.element.querySelector('[role="alert"]');
    expect(alert?.textContent).toContain("No Java.Install it.");
    alert?.querySelector("button")?.click();
    expect(actions.retry).toHaveBeenCalledOnce();
  });

  it("keeps plain keys from the canvas, and lets undo through", () => {
    const reached: string[] = [];
    const canvas = document.createElement("div");
    canvas.append(bar.element);
    canvas.addEventListener("keydown", event => reached.push(event.key));
    for (const init of [{ key: "Delete" }, { key: "z", ctrlKey: true }]) {
      select().dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true }));
    }
    expect(reached).toEqual(["z"]);
  });
});
