import { lazy, type ReactElement, type RefObject, Suspense, useEffect, useRef, useState } from "react";

const menus = () => import("./menus");
const late = {
  UserMenu: lazy(() => menus().then((all) => ({ default: all.UserMenu }))),
  PhoneMenu: lazy(() => menus().then((all) => ({ default: all.PhoneMenu }))),
};

/** What the button of a menu takes; the menu gives it the rest. */
export interface OpenerProps {
  ref: RefObject<HTMLButtonElement | null>;
  "aria-haspopup": "menu";
  onClick?: () => void;
  onFocus?: () => void;
  onPointerEnter?: () => void;
}

/** A menu of the head. At first there is its button alone: the menu is fetched when somebody goes to it. */
export function LateMenu({
  of,
  children,
}: {
  of: keyof typeof late;
  children: (props: OpenerProps) => ReactElement;
}): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState(false);
  const [opened, setOpened] = useState(false);
  const Menu = late[of];
  const opener = { ref: button, "aria-haspopup": "menu" } as const;
  if (!wanted) {
    const fetch = (): void => void menus().catch(() => {}); // clicking asks again
    return children({ ...opener, onClick: () => setWanted(true), onFocus: fetch, onPointerEnter: fetch });
  }
  return (
    <Suspense fallback={children(opener)}>
      <Menu opened={opened} onChange={setOpened}>
        {children(opener)}
      </Menu>
      <Arrived
        then={() => {
          button.current?.focus(); // the menu hands the focus back to where it came from
          setOpened(true);
        }}
      />
    </Suspense>
  );
}

/** Does something once what stands beside it is there. */
function Arrived({ then }: { then: () => void }): null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(then, []);
  return null;
}
