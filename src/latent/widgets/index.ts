export { type AnyWidgetOptions, anywidget } from "./any_widget.ts";
export { hbox, link, tab, vbox } from "./containers.ts";
export { Control, type ControlOptions, type Layout } from "./control.ts";
export {
  Button,
  type ButtonOptions,
  button,
  type Choices,
  checkbox,
  dropdown,
  html,
  type ImageOptions,
  image,
  type TextOptions,
  text,
} from "./controls.ts";
export { type Controllable, interact, type ValueOf, type Values } from "./interact.ts";
export { Output, output } from "./output.ts";
export { floatSlider, intSlider, type PlayOptions, play, type SliderOptions } from "./sliders.ts";
export { type MessageHandler, type Observer, Widget } from "./widget.ts";
