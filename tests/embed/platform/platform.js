/** As Canvas does: the tool's address comes from the course, and a frame may ask for its height. */
const tool = document.querySelector('#tool');
tool.src = new URLSearchParams(location.search).get('tool');
addEventListener('message', ({ source, data }) => {
  const message = typeof data === 'string' ? JSON.parse(data) : data;
  if (source === tool.contentWindow && message.subject === 'lti.frameResize') tool.height = message.height;
  if (tool.height) tool.style.height = `${tool.height}px`;
});
