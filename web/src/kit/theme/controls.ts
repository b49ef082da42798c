import "./controls.css";
