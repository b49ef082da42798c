package record

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// MAC is a code over data that only this instance can make, by the key of its seal. Codes of one purpose say nothing
// about those of another.
func (s *Store) MAC(purpose string, data []byte) (string, error) {
	key, err := s.seal.macKey()
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte("purpose:" + purpose + "\x00"))
	m.Write(data)
	return hex.EncodeToString(m.Sum(nil)), nil
}

// macKey is the key of the seal, made when there is none yet.
func (s *seal) macKey() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key == nil {
		if err := s.readKey(true); err != nil {
			return nil, err
		}
	}
	return s.key, nil
}
