import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { createElement } from "react";
import { Icon } from "../Icon";
import classes from "./mantine.module.css";
import { tokenVariables } from "./tokens";

const hafen: MantineColorsTuple = [
  "#E5EEF5",
  "#D0E0EC",
  "#B4D0E4",
  "#98C4E2",
  "#7DB7DE",
  "#5A9CC9",
  "#3A80AF",
  "#226393",
  "#0F4C75",
  "#0A3A5B",
];

const signal: MantineColorsTuple = [
  "#FAEAF2",
  "#F6D3E4",
  "#F4BBD6",
  "#F3A1C8",
  "#F287B9",
  "#E0609F",
  "#CF4188",
  "#BF2C76",
  "#B01E68",
  "#8A1550",
];

const popup = { shadow: "md", transitionProps: { duration: 120, transition: "fade" as const } };

/** The Mantine theme of the app; colours that carry meaning come from the --lo variables in mantine.module.css. */
export const theme = createTheme({
  primaryColor: "hafen",
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  colors: { hafen, signal },
  fontFamily: '"Inter Variable", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "18px", xl: "28px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "32px" },
  spacing: { xs: "4px", sm: "8px", md: "16px", lg: "24px", xl: "32px" },
  breakpoints: { xs: "30em", sm: "48em", md: "64em", lg: "75em", xl: "90em" },
  shadows: { md: "0 4px 16px rgba(11, 43, 64, 0.14)" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "28px", lineHeight: "36px" },
      h2: { fontSize: "18px", lineHeight: "24px" },
      h3: { fontSize: "14px", lineHeight: "20px" },
    },
  },
  // By name, so that a page which needs no slider does not load one.
  components: {
    Button: {
      defaultProps: { variant: "filled", size: "sm" },
      classNames: { root: classes.button, label: classes.buttonLabel },
    },
    ActionIcon: {
      defaultProps: { variant: "subtle" },
      classNames: { root: classes.icon },
    },
    Input: { classNames: { input: classes.input } },
    InputWrapper: {
      classNames: { label: classes.label, description: classes.description, error: classes.error },
    },
    Select: {
      defaultProps: {
        checkIconPosition: "right",
        allowDeselect: false,
        comboboxProps: popup,
        rightSection: createElement(Icon, { name: "down", size: 12 }),
      },
      classNames: { dropdown: classes.dropdown, option: classes.option },
    },
    MultiSelect: {
      defaultProps: { comboboxProps: popup, rightSection: createElement(Icon, { name: "down", size: 12 }) },
      classNames: { dropdown: classes.dropdown, option: classes.option, pill: classes.pill },
    },
    TagsInput: {
      defaultProps: { comboboxProps: popup },
      classNames: { dropdown: classes.dropdown, option: classes.option, pill: classes.pill },
    },
    Menu: {
      defaultProps: { ...popup, position: "bottom-end" },
      classNames: { dropdown: classes.dropdown, item: classes.item, label: classes.menuLabel },
    },
    Popover: { defaultProps: popup, classNames: { dropdown: classes.dropdown } },
    Tooltip: {
      // Inside the page, so that the words stand in a landmark.
      defaultProps: {
        openDelay: 150,
        events: { hover: true, focus: true, touch: true },
        portalProps: { target: "#inhalt" },
      },
      classNames: { tooltip: classes.tooltip },
    },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120, transition: "fade" },
        // The head of a dialog is no banner of the page.
        attributes: { header: { role: "presentation" } },
      },
      classNames: { content: classes.modal, header: classes.modalHeader, title: classes.modalTitle },
    },
    Checkbox: {
      defaultProps: { size: "xs", radius: 4 },
      classNames: { input: classes.check, label: classes.checkLabel },
    },
    Radio: {
      defaultProps: { size: "xs" },
      classNames: { radio: classes.check, label: classes.checkLabel },
    },
    Switch: { classNames: { track: classes.track } },
    Slider: {
      defaultProps: { size: 3, thumbSize: 16 },
      classNames: { bar: classes.sliderBar, track: classes.sliderTrack, thumb: classes.sliderThumb },
    },
  },
});

const mapped = {
  "--mantine-color-body": "var(--lo-paper)",
  "--mantine-color-text": "var(--lo-ink)",
  "--mantine-color-bright": "var(--lo-ink)",
  "--mantine-color-dimmed": "var(--lo-ink-3)",
  "--mantine-color-default": "var(--lo-surface)",
  "--mantine-color-default-hover": "var(--lo-blue-tint)",
  "--mantine-color-default-color": "var(--lo-ink)",
  "--mantine-color-default-border": "var(--lo-control)",
  "--mantine-color-error": "var(--lo-bad)",
  "--mantine-color-placeholder": "var(--lo-ink-3)",
  "--mantine-color-anchor": "var(--lo-blue)",
  "--mantine-color-disabled": "var(--lo-sunken)",
  "--mantine-color-disabled-color": "var(--lo-ink-3)",
  "--mantine-color-disabled-border": "var(--lo-line-strong)",
  "--mantine-primary-color-filled": "var(--lo-blue)",
  "--mantine-primary-color-filled-hover": "var(--lo-blue-hover)",
  "--mantine-primary-color-contrast": "var(--lo-on-blue)",
  "--mantine-primary-color-light": "var(--lo-blue-tint)",
  "--mantine-primary-color-light-hover": "var(--lo-blue-tint)",
  "--mantine-primary-color-light-color": "var(--lo-blue)",
};

/** Writes the tokens as CSS variables and points Mantine's own variables at them. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...tokenVariables("light"), ...mapped },
  dark: { ...tokenVariables("dark"), ...mapped },
});
